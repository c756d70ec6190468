using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Slipway.FakeGate;
using Slipway.Server;
using Gate = Slipway.FakeGate.FakeGate;

namespace Slipway.Cli.Tests.Real;

/// <summary>The real server in this process, beside a Gate in which minutes pass in tenths of a second.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly DirectoryInfo data;
    private readonly WebApplication app;

    private RealServer(DirectoryInfo data, WebApplication app, Gate gate) => (this.data, this.app, Gate) = (data, app, gate);

    public Gate Gate { get; }

    public static async Task<RealServer> StartAsync(FakeGateOptions? options = null)
    {
        var gate = await Gate.StartAsync(options ?? new() { Speed = 120 });
        gate.Configs.SaveApplication("shop");
        var data = Directory.CreateTempSubdirectory("slipway-cli-real");
        var app = SlipwayServer.Build(
            ["--urls", "http://127.0.0.1:0", "--Slipway:DataDirectory", data.FullName, "--environment", "Production"],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new(data, app, gate);
    }

    /// <summary>A command line of the administrator.</summary>
    public Cli Cli(string input = "", string hidden = "") => new()
    {
        Input = input,
        Hidden = hidden,
        HasPerson = hidden.Length > 0,
        Time = new FrozenTime(),
        Variables =
        {
            ["SLIPWAY_SERVER"] = app.Urls.First(),
            ["SLIPWAY_TOKEN"] = File.ReadAllText(Path.Combine(data.FullName, "admin-token")).Trim(),
        },
    };

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Gate.DisposeAsync();
        data.Delete(recursive: true);
    }
}
