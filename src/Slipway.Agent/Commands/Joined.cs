using System.Text.Json;
using Slipway.Agent.Identity;

namespace Slipway.Agent.Commands;

/// <summary>Who this agent is, for the commands that need it to have joined.</summary>
internal static class Joined
{
    public static CommandFailure? TryLoad(DataFolder data, out AgentIdentity identity, out AgentKeys keys)
    {
        (identity, keys) = (null!, null!);
        try
        {
            if (AgentIdentity.Load(data) is not { } known || AgentKeys.Load(data) is not { } key)
                return new(ExitCode.WrongUsage, $"{data.Root} has not joined a server yet: slipway-agent join --server URL --token TOKEN --environment NAME --service NAME");

            (identity, keys) = (known, key);
            return known.Servers.Select(server => ServerTrust.Objection(server, known.AllowPlainHttp)).FirstOrDefault(o => o is not null) is { } objection
                ? new(ExitCode.WrongUsage, objection)
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            return new(ExitCode.WrongUsage, $"{data.Root} cannot be read ({e.Message}). Join again with --replace, or give the right folder with --data.");
        }
    }
}
