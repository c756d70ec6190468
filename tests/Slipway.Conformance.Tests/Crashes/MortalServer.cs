using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Slipway.Conformance.Tests.Crashes;

/// <summary>A server process on a data directory, that may be told where to die.</summary>
internal sealed class MortalServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process process;

    private MortalServer(Process process, HttpClient http) => (this.process, Http) = (process, http);

    public HttpClient Http { get; }

    public DateTimeOffset ReadyAt { get; private set; }

    public static async Task<MortalServer> StartAsync(CrashHost host, string data, string? dieAt = null)
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var start = host.StartInfo();
        foreach (var argument in new[] { "--urls", address, "--Slipway:DataDirectory", data, "--Logging:LogLevel:Default", "None" })
            start.ArgumentList.Add(argument);
        (start.Environment["SLIPWAY_CRASH_AT"], start.Environment["SLIPWAY_EFFECTS"]) = (dieAt ?? "", Path.Combine(data, "effects"));

        // Measures for a later, faster compilation that no server here lives long enough for: a quarter of a start.
        start.Environment["DOTNET_TieredPGO"] = "0";
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new MortalServer(process, new() { BaseAddress = new(address) });
        await server.BecomeReadyAsync(Path.Combine(data, "admin-token"));
        return server;
    }

    public async Task DiesAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(128 + 9, process.ExitCode);
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private async Task BecomeReadyAsync(string tokenFile)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (File.Exists(tokenFile))
                    Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(tokenFile)).Trim());

                using var answer = await Http.GetAsync("/api/v1/whoami");
                if (answer.StatusCode == HttpStatusCode.OK)
                    break;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not yet listening.
            }

            Assert.True(since.Elapsed < Patience, "the server did not get ready");
            await Task.Delay(10);
        }

        ReadyAt = DateTimeOffset.UtcNow;
    }
}
