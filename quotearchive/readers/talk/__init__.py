"""What is said: subtitles, transcripts in JSON and in text."""
