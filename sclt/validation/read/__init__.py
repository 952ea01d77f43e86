"""A package as it is: its bytes, XML, pages, manifest. Reading never raises for content."""
