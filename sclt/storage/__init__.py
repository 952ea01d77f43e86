"""Where bytes lie: files, zips, the cache of builds, databases, and what comes with sclt."""
