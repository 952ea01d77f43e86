"""Learning records: pulled or imported into Parquet under pseudonyms, and what an analyst asks of them."""
