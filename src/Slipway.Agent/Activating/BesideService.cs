using System.Security.Cryptography;
using System.Text;
using Slipway.Agent.Logs;
using Slipway.Agent.Supervision;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Activating;

/// <summary>A command of a check, run once beside what runs of a service.</summary>
internal static class BesideService
{
    private const int Lines = 20;
    private const int LongestLine = 500;

    /// <param name="running">Null: nothing runs.</param>
    public static async Task<CommandEnded> RunAsync(RunCommand request, Activation? running, Tools tools, ServiceSlot slot, CancellationToken cancellation)
    {
        if (running?.Release.Version != request.Version)
            return Trouble(request, running is null ? $"does not run {request.Service} now" : $"runs {running.Release.Version} now, not {request.Version}");

        var environment = new Dictionary<string, string>(running.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in request.Environment)
            environment[name] = value;

        var output = Path.Combine(slot.Folder.Logs, $"check-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Run)))[..16]}.log");
        try
        {
            var within = TimeSpan.FromMilliseconds(Math.Clamp(request.DeadlineMs, 1, 60_000));
            return await tools.RunAsync(request.Command, running with { Environment = environment }, output, within, cancellation) switch
            {
                CommandResult.Ended { Exit: var exit } => Ended(request, exit, output),
                CommandResult.NotRun refused => Trouble(request, $"could not run it: {refused.Failure}"),
                _ => Trouble(request, $"stopped it, because it had not ended within {within.TotalSeconds:0.##} s"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Trouble(request, $"could not run it: {e.Message}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static CommandEnded Ended(RunCommand request, ProcessExit exit, string output)
    {
        var code = exit switch
        {
            ProcessExit.WithCode with => with.Code,
            ProcessExit.BySignal by => 128 + by.Signal,
            _ => -1,
        };
        var ended = new CommandEnded { Run = request.Run, Code = code };

        // Of one that did well, nobody asks what it printed.
        if (code != 0)
            ended.Output.AddRange(LogTail.Read(output, Lines, 0, long.MaxValue).Select(line => line.Length > LongestLine ? line[..LongestLine] : line));

        return ended;
    }

    private static CommandEnded Trouble(RunCommand request, string why) => new() { Run = request.Run, Trouble = why };
}
