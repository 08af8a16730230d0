"""Side-by-side measurements of speed and memory: `make bench`, explained in docs/performance.md."""
