using Vsr.Plots;

if (args is ["schedules", string folder])
{
    SchedulePlots.Write(folder);
    return 0;
}

Console.Error.WriteLine("usage: dotnet run --project bench/Vsr.Plots -- schedules FOLDER     a .png a learning-rate schedule");
return 2;
