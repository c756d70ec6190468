namespace Slipway.Conformance.Tests.Crashes;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("slipway-crash-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
