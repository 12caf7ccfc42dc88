"""E-mail: messages, mailboxes, Outlook's files."""
