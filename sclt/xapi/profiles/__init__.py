"""xAPI profiles: judged by their own specification, and statements judged by them."""
