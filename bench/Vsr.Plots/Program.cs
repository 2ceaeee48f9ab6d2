using Vsr.Plots;
using Vsr.Plots.Results;

switch (args)
{
    case ["schedules", string folder]:
        SchedulePlots.Write(folder);
        return 0;
    case ["results", string work, string folder]:
        try
        {
            ResultsReport.Write(work, folder);
            return 0;
        }
        catch (Exception failure) when (failure is ReportException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Vsr.Plots: {failure.Message}");
            return 1;
        }

    default:
        Console.Error.WriteLine("usage: dotnet run --project bench/Vsr.Plots -- schedules FOLDER       a .png a learning-rate schedule");
        Console.Error.WriteLine("       dotnet run --project bench/Vsr.Plots -- results WORK FOLDER    results.md of eng/experiment, with images/");
        return 2;
}
