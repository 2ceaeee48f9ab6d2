using Vsr.Cli;

return CommandLineApplication.Run(args);
