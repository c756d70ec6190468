using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Connections;

namespace Slipway.Cli.Commands.Connections;

/// <summary>What was typed of a connection, before anything is read or asked for.</summary>
internal static class ConnectionValues
{
    /// <summary>KEY=VALUE to a key and its value.</summary>
    public static Dictionary<string, string> Split(string[] pairs)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw StopException.Usage("not_a_value", $"\"{pair}\" is not KEY=VALUE.", "Write it like --set gate=https://gate.example.com; a secret is given with --secret.");

            values[pair[..equals]] = pair[(equals + 1)..];
        }

        return values;
    }

    /// <summary>KEY, KEY=- or KEY=@FILE to a key and where its secret comes from; null: somebody is asked.</summary>
    public static Dictionary<string, string?> SplitSecrets(string[] given)
    {
        var sources = new Dictionary<string, string?>();
        foreach (var secret in given)
        {
            var equals = secret.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? secret : secret[..equals];
            var source = equals < 0 ? null : secret[(equals + 1)..];
            if (key.Length == 0 || source is not (null or "-" or ['@', _, ..]))
            {
                // Not repeated in the message: it is probably the secret.
                throw StopException.Usage(
                    "secret_in_command",
                    $"A secret does not stand in the command, where other users of this machine and the shell's history would see it{(key.Length > 0 ? $": {key}" : "")}.",
                    $"Give --secret {(key.Length > 0 ? key : "KEY")} to be asked for it, or KEY=- for standard input, or KEY=@FILE.");
            }

            sources[key] = source;
        }

        return sources;
    }

    /// <exception cref="StopException">A key that this type does not have, or one given in the wrong way.</exception>
    public static void Check(ConnectionType type, IEnumerable<string> values, IEnumerable<string> secrets, IEnumerable<string> gone)
    {
        foreach (var key in values.Where(key => Find(type, key).Secret))
            throw StopException.Usage("is_secret", $"{key} is a secret and does not stand in the command.", $"Give --secret {key} to be asked for it, or {key}=- for standard input, or {key}=@FILE.");

        foreach (var key in secrets.Where(key => !Find(type, key).Secret))
            throw StopException.Usage("is_no_secret", $"{key} is no secret.", $"Give --set {key}=VALUE, or {key}=@FILE.");

        foreach (var key in gone)
            Find(type, key);
    }

    /// <summary>What was known, without what goes, with what is new.</summary>
    public static Dictionary<string, string> Merge(Connection? before, IReadOnlyDictionary<string, string> values, string[] gone, string folder)
    {
        var merged = (before?.Values ?? new Dictionary<string, string>()).Where(value => !gone.Contains(value.Key)).ToDictionary();
        foreach (var (key, value) in values)
            merged[key] = value is ['@', '@', ..] ? value[1..] : value is ['@', .. var file] ? ReadFile(file, folder) : value;

        return merged;
    }

    public static string ReadFile(string file, string folder)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path)
            ? File.ReadAllText(path).TrimEnd('\r', '\n')
            : throw StopException.Usage("file_not_found", $"{file} does not exist.", "Give the path of a file after @.");
    }

    private static ConnectionField Find(ConnectionType type, string key) => type.Fields.FirstOrDefault(field => field.Name == key)
        ?? throw StopException.Usage(
            "field_unknown",
            $"A connection of type {type.Name} has no \"{key}\".",
            Nearest.Ask(key, type.Fields.Select(field => field.Name)) ?? $"It has {string.Join(", ", type.Fields.Select(field => field.Name))}.");
}
