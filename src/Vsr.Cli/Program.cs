using Vsr.Cli;
using Vsr.Torch;

HostAllocator.ShareArenas();
return CommandLineApplication.Run(args);
