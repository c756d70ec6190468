[assembly: AssemblyFixture(typeof(Slipway.Conformance.Tests.Crashes.CrashData))]

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>A data directory with a service in three versions, made once over the API and copied for every crash.</summary>
public sealed class CrashData : IAsyncLifetime
{
    private readonly TemporaryFolder template = new();

    internal CrashHost Host { get; } = new();

    public async ValueTask InitializeAsync()
    {
        using var server = await MortalServer.StartAsync(Host, template.Path);
        await PublishAsync(server.Http, "good", """[{ name: one, answers: ["errored: not yet", "waiting: 20ms", succeeded] }, { name: two, answers: ["waiting: 20ms", succeeded] }]""");
        await PublishAsync(server.Http, "bad", """[{ name: one }, { name: two, answers: ["failed: it broke"] }]""");
        await PublishAsync(server.Http, "long", """[{ name: one, answers: ["waiting: 1h", succeeded] }, { name: two }]""");
    }

    internal TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(template.Path, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy.Path, Path.GetRelativePath(template.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    public ValueTask DisposeAsync()
    {
        template.Dispose();
        Host.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task PublishAsync(HttpClient http, string version, string stages)
    {
        var definition = $"service: shop\ntype: scripted\nsettings:\n  stages: {stages}\nenvironments:\n  production: {{}}\n";
        await CrashTests.PostAsync(http, "/api/v1/services", definition, "application/yaml");
        await CrashTests.PostAsync(http, "/api/v1/services/shop/versions", $$"""{"version":"{{version}}"}""");
    }
}
