using System.Security.Cryptography;
using System.Text;
using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Supervision.Systemd;

/// <summary>
/// Runs services as systemd units that exist already and run from the service's `current` folder. Their settings are written to the
/// service's `environment` file, which a unit reads with EnvironmentFile=.
/// </summary>
internal sealed class UnitRunner(DataFolder data, ISystemd systemd, TimeProvider time) : IRunner
{
    public async Task<StartOutcome> StartAsync(Activation activation, CancellationToken cancellation)
    {
        var unit = activation.Release.Spec.Unit.Name;
        var folder = data.Service(activation.Service);
        var file = new RunFile(folder.Run);
        WriteEnvironment(activation, Path.Combine(folder.Root, "environment"));
        file.Save(new()
        {
            Run = RandomNumberGenerator.GetHexString(16, lowercase: true),
            Generation = activation.Generation,
            Version = activation.Release.Version,
            ConfigRevision = activation.Release.ConfigRevision,
            Port = activation.Port,
            Unit = unit,
        });

        if (await systemd.RestartAsync(unit, cancellation) is { } failure)
            return new StartOutcome.Refused("unit_failed", $"{failure}. `systemctl status {unit}` on the instance says more.");

        var state = await systemd.ShowAsync(unit, cancellation);
        return state.IsRunning
            ? new StartOutcome.Started(new UnitRun(unit, file, systemd, state, time))
            : new StartOutcome.Refused("unit_failed", $"The unit {unit} {state.Explanation}.");
    }

    public async Task<IServiceRun?> FindAsync(ServiceName service, RunRecord record, Activation? activation, CancellationToken cancellation)
    {
        var state = await systemd.ShowAsync(record.Unit!, cancellation);
        return state.IsRunning ? new UnitRun(record.Unit!, new(data.Service(service).Run), systemd, state, time) : null;
    }

    private static void WriteEnvironment(Activation activation, string path)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in activation.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            // In double quotes systemd keeps newlines and takes a backslash before these literally.
            var quoted = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("$", "\\$", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal);
            text.Append(name).Append("=\"").Append(quoted).Append("\"\n");
        }

        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }

        File.Move(temporary, path, overwrite: true);
    }
}
