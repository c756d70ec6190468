using System.Diagnostics;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>
/// How the program that crashes is started. Where ./build has made the server (./test says where), its compiled assemblies are used: the tests start
/// a server eighty times, and compiling it anew each time is most of what that takes.
/// </summary>
internal sealed class CrashHost : IDisposable
{
    private const string Name = "Slipway.CrashHost";
    private readonly TemporaryFolder? folder;

    public CrashHost()
    {
        if (Environment.GetEnvironmentVariable("SLIPWAY_OUT") is not { } built || !Directory.Exists(Path.Combine(built, "lib", "slipway-server")))
            return;

        folder = new();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(built, "lib", "slipway-server")))
            File.CreateSymbolicLink(Path.Combine(folder.Path, Path.GetFileName(file)), file);
        File.Copy(Path.Combine(AppContext.BaseDirectory, Name + ".dll"), Path.Combine(folder.Path, Name + ".dll"));
    }

    public ProcessStartInfo StartInfo() => folder is null
        ? new(Path.Combine(AppContext.BaseDirectory, Name))
        : new("dotnet")
        {
            ArgumentList =
            {
                "exec",
                "--depsfile", Path.Combine(folder.Path, "slipway-server.deps.json"),
                "--runtimeconfig", Path.Combine(folder.Path, "slipway-server.runtimeconfig.json"),
                Path.Combine(folder.Path, Name + ".dll"),
            },
        };

    public void Dispose() => folder?.Dispose();
}
