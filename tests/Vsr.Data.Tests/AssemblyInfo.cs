// libtorch's threads share the cores, and its settings and memory the process: one test at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
