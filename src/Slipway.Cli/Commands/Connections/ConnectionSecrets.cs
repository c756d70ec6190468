using Slipway.Cli.Running;
using Slipway.Contracts.Connections;

namespace Slipway.Cli.Commands.Connections;

/// <summary>Reads secrets from a person who does not see them, from standard input, or from files.</summary>
internal static class ConnectionSecrets
{
    /// <param name="call">The command's run.</param>
    /// <param name="type">What the secrets are for.</param>
    /// <param name="sources">Key to "-", "@FILE", or null: ask.</param>
    /// <param name="gone">Keys to take away; those of secrets become empty, which removes them.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public static async Task<Dictionary<string, string>> ReadAsync(
        Invocation call, ConnectionType type, IReadOnlyDictionary<string, string?> sources, string[] gone, CancellationToken cancellation)
    {
        if (sources.Values.Count(source => source == "-") > 1)
            throw StopException.Usage("one_standard_input", "Only one secret can come from standard input.", "Set them one after the other, or give KEY=@FILE.");

        var secrets = type.Fields.Where(field => field.Secret && gone.Contains(field.Name)).ToDictionary(field => field.Name, _ => "");
        foreach (var (key, source) in sources)
        {
            secrets[key] = source switch
            {
                "-" => (await call.Surroundings.In.ReadToEndAsync(cancellation)).TrimEnd('\r', '\n'),
                ['@', .. var file] => ConnectionValues.ReadFile(file, call.Surroundings.CurrentDirectory),
                _ => await AskAsync(call, type.Fields.First(field => field.Name == key), cancellation),
            };
            if (secrets[key].Length == 0)
                throw StopException.Usage("secret_empty", $"{key} is empty.", $"To take it away: --unset {key}");
        }

        return secrets;
    }

    private static async Task<string> AskAsync(Invocation call, ConnectionField field, CancellationToken cancellation)
    {
        if (field.Multiline)
            throw StopException.Usage("secret_is_file", $"{field.Name} has several lines and can not be typed in.", $"Give --secret {field.Name}=@FILE, or {field.Name}=- for standard input.");

        if (!call.Surroundings.HasPerson)
            throw StopException.Usage("nobody_to_ask", $"There is nobody here to ask for {field.Name}.", $"Give --secret {field.Name}=- for standard input, or {field.Name}=@FILE.");

        await call.Surroundings.Error.WriteAsync($"{field.Label} (not shown): ");

        // A console's read cannot be interrupted; whoever presses Ctrl-C does not wait for it.
        var typed = await Task.Run(call.Surroundings.ReadHidden, CancellationToken.None).WaitAsync(cancellation);
        await call.Surroundings.Error.WriteAsync("\n");
        return typed;
    }
}
