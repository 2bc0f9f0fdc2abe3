"""One file a device model, each with the constant DEVICE: what it says on the wire, written from its manual."""
