def configure_environment(argv):
    pass
