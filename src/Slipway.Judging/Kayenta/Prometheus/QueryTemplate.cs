using System.Text.RegularExpressions;

namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>
/// Puts variables into a template. Kayenta uses FreeMarker; canary configs use nothing of it but <c>${name}</c>, so anything else is refused rather
/// than misread.
/// </summary>
internal static partial class QueryTemplate
{
    public static string Expand(string template, IReadOnlyDictionary<string, string> variables)
    {
        // Spinnaker's pipelines would take ${…} for their own, so configs that came through them have a backslash.
        var plain = template.Replace("$\\{", "${", StringComparison.Ordinal);
        if (Directive().IsMatch(plain) || Variable().Replace(plain, "").Contains("${", StringComparison.Ordinal))
            throw new NotJudgeableException($"Of templates only variables such as ${{scope}} are possible here: {template}");

        return Variable().Replace(plain, match => variables.GetValueOrDefault(match.Groups["name"].Value)
            ?? throw new NotJudgeableException($"There is no variable {match.Groups["name"].Value} for the template {template}. There are: {string.Join(", ", variables.Keys)}."));
    }

    [GeneratedRegex(@"\$\{\s*(?<name>[\p{L}_@$][\w@$]*)\s*\}")]
    private static partial Regex Variable();

    [GeneratedRegex("</?[#@]")]
    private static partial Regex Directive();
}
