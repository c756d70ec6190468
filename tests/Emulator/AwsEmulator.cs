using System.Diagnostics;
using System.Globalization;

namespace Slipway.Emulator;

/// <summary>SNS, SQS and S3 in a process of its own. It can be killed and started again at the same address.</summary>
public sealed class AwsEmulator : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly int port = FreePort.Next();
    private readonly string? data;
    private readonly HttpClient probe = new();
    private Process? process;

    private AwsEmulator(string? data) => this.data = data;

    public Uri Url => new($"http://127.0.0.1:{port}");

    /// <summary>What a program needs in its environment to speak to it.</summary>
    public IReadOnlyDictionary<string, string> Environment => EnvironmentFor(Url);

    /// <param name="persistent">What is in it outlives its death; else it is all gone.</param>
    public static async Task<AwsEmulator> StartAsync(bool persistent = false)
    {
        var emulator = new AwsEmulator(persistent ? Directory.CreateTempSubdirectory("slipway-aws-").FullName : null);
        await emulator.StartAgainAsync();
        return emulator;
    }

    public static IReadOnlyDictionary<string, string> EnvironmentFor(Uri url) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = url.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>At once, as by kill -9.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "samples", "aws-emulator", "start"), [port.ToString(CultureInfo.InvariantCulture), data ?? ""])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var since = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (process.HasExited || since.Elapsed > Patience)
                throw new InvalidOperationException($"The emulator of AWS did not start: {output}");

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        probe.Dispose();
        if (data is not null)
            Directory.Delete(data, recursive: true);
    }

    private static void Append(System.Text.StringBuilder output, string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await probe.GetAsync(new Uri(Url, "/health"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder.TrimEnd('/')))
        {
            if (File.Exists(Path.Combine(folder, "Slipway.slnx")))
                return folder;
        }

        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
