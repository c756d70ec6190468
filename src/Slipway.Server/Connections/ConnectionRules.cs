using System.Text.RegularExpressions;
using Slipway.Contracts.Connections;
using Slipway.DeploymentTypes;
using Slipway.Server.Api;

namespace Slipway.Server.Connections;

/// <summary>What may be wrong with a connection. Pure.</summary>
internal static partial class ConnectionRules
{
    private const int Longest = 64 * 1024;

    public static Refusal? Refuse(string name, PutConnection request, ConnectionType type)
    {
        if (!Name().IsMatch(name))
            return Refusal.Invalid("name", "The name of a connection is 1 to 63 lower-case letters, digits and dashes, and begins with a letter.");

        foreach (var (field, value) in request.Values.Concat(request.Secrets))
        {
            if (type.Fields.FirstOrDefault(known => known.Name == field) is not { } known)
                return Refusal.Invalid(field, $"A connection of type {type.Name} has no {field}; it has {string.Join(", ", type.Fields.Select(f => f.Name))}.");

            if (known.Secret != request.Secrets.ContainsKey(field))
                return Refusal.Invalid(field, known.Secret ? $"{field} is a secret: send it among the secrets, so that nobody can read it back." : $"{field} is not a secret: send it among the values.");

            if (value.Length > Longest || value.Any(c => char.IsControl(c) && !(known.Multiline && c is '\r' or '\n' or '\t')))
                return Refusal.Invalid(field, $"{field} is {(known.Multiline ? "text" : "one line")} of at most {Longest / 1024} KB.");

            if (known.Choices is not [] && value.Length > 0 && !known.Choices.Contains(value))
                return Refusal.Invalid(field, $"{field} is one of: {string.Join(", ", known.Choices)}.");
        }

        return null;
    }

    public static Refusal? Refuse(IReadOnlyList<SettingsMistake> mistakes) => mistakes is [] ? null : Refusal.Invalid(mistakes[0].Place, mistakes[0].Problem) with
    {
        Errors = mistakes.GroupBy(mistake => mistake.Place).ToDictionary(group => group.Key, group => group.Select(mistake => mistake.Problem).ToArray()),
    };

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$")]
    private static partial Regex Name();
}
