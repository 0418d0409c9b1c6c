"""What somebody wants checked: projects, their settings, uploads and videos."""
