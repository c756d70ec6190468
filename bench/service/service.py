#!/usr/bin/env python3
"""The same service where there is no C toolchain to make the native one."""
import http.server
import sys
import time

settings = dict(line.rstrip("\n").split("=", 1) for line in open(sys.argv[1]))
first = ""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        global first
        body = {"/version": settings["version"], "/first": first}.get(self.path)
        self.send_response(404 if body is None else 200)
        self.end_headers()
        self.wfile.write(f"{body or ''}\n".encode())
        if self.path == "/version" and not first:
            first = f"{time.time():.3f}"

    def log_message(self, *_):
        pass


http.server.HTTPServer(("127.0.0.1", int(settings["port"])), Handler).serve_forever()
