"""The work of a finance bureau: rounds, rosters, access, versions, review. Services without HTTP, one function per step."""
