"""vitreous: metallic glasses in the computer, and how their atoms move."""
