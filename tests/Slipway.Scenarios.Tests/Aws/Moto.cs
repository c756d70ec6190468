using System.Globalization;
using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Aws;

/// <summary>The AWS emulator moto, where this machine's Python has it.</summary>
internal sealed class Moto : IAsyncDisposable
{
    private readonly RunningProgram program;

    private Moto(RunningProgram program, Uri address) => (this.program, Address) = (program, address);

    public Uri Address { get; }

    public static async Task<bool> IsInstalledAsync()
    {
        try
        {
            return (await Command.RunAsync("python3", ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('moto') is None or importlib.util.find_spec('flask') is None)"])).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public static async Task<Moto> StartAsync()
    {
        var port = FreePort.Next();
        var address = new Uri($"http://127.0.0.1:{port}");
        var program = RunningProgram.Start("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)]);
        var moto = new Moto(program, address);
        try
        {
            using var http = new HttpClient();
            await Patience.UntilAsync("moto answers", async () => (await http.GetAsync(new Uri(address, "/moto-api/data.json"))).IsSuccessStatusCode, evidence: () => program.Output);
            return moto;
        }
        catch
        {
            await moto.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => program.DisposeAsync();
}
