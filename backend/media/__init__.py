"""Video files: what they are, their frames and their sound. Works as a library, without Django.

Every file is hostile until proven otherwise: it is decoded only in a limited child process (``media.child``), which is
handed an open file and nothing else. The parent checks every message of the child before it believes it.
"""
