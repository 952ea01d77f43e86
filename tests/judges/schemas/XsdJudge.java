import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Judges XML files by XML Schemas with Xerces, as it lies in every JDK. Run it as
 * {@code java XsdJudge.java}; it reads lines of tab-separated words and answers each with a line of JSON:
 *
 * <pre>
 * schema NAME full|relaxed FILE...   load these files together; "full" also refuses ambiguous content models
 * hints  NAME                        no files: each document's own xsi:schemaLocation is followed
 * judge  NAME FILE                   judge a document by what was loaded under that name
 * </pre>
 */
public class XsdJudge {
    private static final String FULL_CHECKING =
        "http://apache.org/xml/features/validation/schema-full-checking";

    private final Map<String, Schema> schemas = new HashMap<>();

    public static void main(String[] args) throws Exception {
        XsdJudge judge = new XsdJudge();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(judge.answer(line.split("\t")));
        }
    }

    private String answer(String[] words) throws SAXException {
        switch (words[0]) {
            case "schema":
                return json("schema", words[1], load(words));
            case "hints":
                schemas.put(words[1], offline(SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)).newSchema());
                return json("schema", words[1], List.of());
            case "judge":
                return json("file", words[2], problems(schemas.get(words[1]), new File(words[2])));
            default:
                throw new IllegalArgumentException(words[0]);
        }
    }

    private List<String> load(String[] words) throws SAXException {
        SchemaFactory factory = offline(SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI));
        factory.setFeature(FULL_CHECKING, words[2].equals("full"));
        Collector problems = new Collector();
        factory.setErrorHandler(problems);
        List<Source> sources = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            sources.add(new StreamSource(new File(words[i])));
        }
        schemas.put(words[1], factory.newSchema(sources.toArray(new Source[0])));
        return problems.found;
    }

    private static SchemaFactory offline(SchemaFactory factory) throws SAXException {
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "file");
        return factory;
    }

    private static List<String> problems(Schema schema, File file) {
        Collector problems = new Collector();
        try {
            Validator validator = schema.newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setErrorHandler(problems);
            validator.validate(new StreamSource(file));
        } catch (SAXException | java.io.IOException e) {
            problems.found.add("fatal: " + e.getMessage());
        }
        return problems.found;
    }

    private static String json(String key, String value, List<String> problems) {
        List<String> quoted = new ArrayList<>();
        for (String problem : problems) {
            quoted.add(quote(problem));
        }
        return "{" + quote(key) + ": " + quote(value) + ", \"problems\": [" + String.join(", ", quoted) + "]}";
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** Keeps every message, warnings too: whoever asks decides what counts. */
    private static class Collector implements ErrorHandler {
        final List<String> found = new ArrayList<>();

        public void warning(SAXParseException e) {
            found.add("warning: " + e.getMessage());
        }

        public void error(SAXParseException e) {
            found.add("error: " + e.getMessage());
        }

        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
