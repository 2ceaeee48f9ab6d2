using Vsr.Plots;
using Vsr.Plots.Gallery;
using Vsr.Plots.Results;
using Vsr.Plots.Training;

try
{
    switch (args)
    {
        case ["schedules", string folder]:
            SchedulePlots.Write(folder);
            return 0;
        case ["results", string work, string folder]:
            ResultsReport.Write(work, folder);
            return 0;
        case ["gallery", string work, string folder]:
            GalleryReport.Write(work, folder);
            return 0;
        case ["curve", .. string[] runs, string file] when runs.Length > 0:
            TrainingCurve.OfRuns(runs).Write(file);
            return 0;
        case ["training", string folder, string images]:
            foreach (string line in TrainingPlots.Write(folder, images))
            {
                Console.WriteLine(line);
            }

            return 0;
        default:
            Console.Error.WriteLine("usage: dotnet run --project bench/Vsr.Plots -- schedules FOLDER          a .png a learning-rate schedule");
            Console.Error.WriteLine("       dotnet run --project bench/Vsr.Plots -- results WORK FOLDER       results.md of eng/experiment, with images/");
            Console.Error.WriteLine("       dotnet run --project bench/Vsr.Plots -- gallery WORK FOLDER       gallery.md of eng/gallery, with images/");
            Console.Error.WriteLine("       dotnet run --project bench/Vsr.Plots -- curve RUN [RUN...] FILE   the validations of a training, in one run or several, a line each");
            Console.Error.WriteLine("       dotnet run --project bench/Vsr.Plots -- training FOLDER IMAGES    a .png for each NAME.jsonl of such lines, with NAME.again.jsonl beside it");
            return 2;
    }
}
catch (Exception failure) when (failure is ReportException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"Vsr.Plots: {failure.Message}");
    return 1;
}
