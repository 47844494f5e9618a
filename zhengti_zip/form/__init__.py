"""What makes a form *this* form: its definition, its scoring rules, and how both are loaded."""
