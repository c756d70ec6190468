using Slipway.Contracts.Configuration;
using Slipway.Server.Api;

namespace Slipway.Server.Configuration;

/// <summary>What may be wrong with a new config revision. Never tells a value, which may be a secret.</summary>
internal static class ConfigRequests
{
    public static Refusal? Refuse(CreateConfigRevision request)
    {
        var errors = new Dictionary<string, string[]>();
        Check("values", request.Values);
        Check("secrets", request.Secrets);
        foreach (var name in request.Values.Keys.Where(name => request.Secrets.ContainsKey(name) || request.KeepSecrets.Contains(name)))
            errors.TryAdd($"values.{name}", ["A name is either a value or a secret, not both."]);

        foreach (var name in request.KeepSecrets.Where(request.Secrets.ContainsKey))
            errors.TryAdd($"keepSecrets.{name}", ["Either keep the secret or send a new one, not both."]);

        var count = request.Values.Count + request.Secrets.Count + request.KeepSecrets.Count;
        if (count > ConfigRules.MostValues)
            errors.TryAdd("values", [$"A config revision has at most {ConfigRules.MostValues} values."]);
        else if (errors.Count == 0 && ConfigRules.TotalBytes(request.Values) + ConfigRules.TotalBytes(request.Secrets) > ConfigRules.LargestTotal)
            errors.TryAdd("values", [$"All values together may have {ConfigRules.LargestTotal / 1024} KB."]);

        if (errors.Count == 0)
            return null;

        var (place, problems) = errors.First();
        return new("invalid_config", StatusCodes.Status400BadRequest, $"{place}: {problems[0]}") { Errors = errors };

        void Check(string field, IReadOnlyDictionary<string, string> values)
        {
            foreach (var (name, value) in values)
            {
                if (!ConfigRules.IsName(name))
                    errors.TryAdd($"{field}.{name}", [$"Expected {ConfigRules.NameSays}."]);
                else if (!ConfigRules.IsValue(value))
                    errors.TryAdd($"{field}.{name}", [$"A value is text of up to {ConfigRules.LongestValue / 1024} KB without zero bytes."]);
            }
        }
    }
}
