using System.Diagnostics;

namespace Slipway.Server.Tests.Versions.S3;

/// <summary>Another emulator, for what the first does not know; where Python has it.</summary>
internal sealed class Moto : IAsyncDisposable
{
    private readonly Process process;

    private Moto(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Moto?> StartAsync()
    {
        var port = FreePort.Next();
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec moto_server -H 127.0.0.1 -p {port} >/dev/null 2>&1"]))!;
        var moto = new Moto(process, new($"http://127.0.0.1:{port}"));
        using var http = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                await http.GetStringAsync(new Uri(moto.Address, "/moto-api/data.json"));
                return moto;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        await moto.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);

        await process.WaitForExitAsync();
        process.Dispose();
    }
}
