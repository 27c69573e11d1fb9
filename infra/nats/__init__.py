"""NATS JetStream: announcements, and work that is shared out."""
