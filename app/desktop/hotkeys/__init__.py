"""Keys that work while another program has the focus: what they are, what they do, and who tells of them."""
