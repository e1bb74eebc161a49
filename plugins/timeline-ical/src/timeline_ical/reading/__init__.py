"""The rooms of the reader: each makes one thing of the lines of a calendar."""
