"""The code that runs inside the limited child process: the only place where FFmpeg touches a file.

``media.decoder_process`` starts it; nothing here is imported by the parent except ``request``.
"""
