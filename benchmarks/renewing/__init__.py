"""What renewals are measured with: subscribers, a gateway, and the cinema's roles."""
