"""Pages of intake. public: residents · desk: the phone desk · importing: Excel (each its module)."""
