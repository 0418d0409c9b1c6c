"""Minutes of video that a person may still have checked, and the ledger of how they were spent."""
