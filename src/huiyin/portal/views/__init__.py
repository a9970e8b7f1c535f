"""Pages that join apps. public: the resident's home and permanent links."""
