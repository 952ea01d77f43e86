"""Other people's programs, as judges of ours: schema processors, EPUBCheck, readers, validators, real LMSs."""
