"""The manifest: XML, schema, structure, identifiers, resources."""
