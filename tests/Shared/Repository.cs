namespace Slipway.Tests;

/// <summary>Where the programs under test and the samples are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>What ./build made. SLIPWAY_OUT names another folder.</summary>
    public static string Out { get; } = Environment.GetEnvironmentVariable("SLIPWAY_OUT") ?? Path.Combine(Root, "out");

    public static string Program(string name)
    {
        var path = Path.Combine(Out, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: run ./build first.");
    }

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Slipway.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests run from inside the repository.");
    }
}
