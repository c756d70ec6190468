using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Slipway.Server.Services.Format;

/// <summary>Splits a command into words as a POSIX shell does (quotes, backslash), but runs no shell. ${NAME} is never split and stays as it is.</summary>
internal static class ShellWords
{
    private static readonly HashSet<string> Operators = ["|", "||", "&", "&&", ";", "<", ">", ">>", "2>", "2>&1", "&>"];

    public static bool TrySplit(string text, [NotNullWhen(true)] out IReadOnlyList<string>? words, [NotNullWhen(false)] out string? problem)
    {
        var splitting = new Splitting(text);
        words = splitting.Run(out problem);
        return problem is null && words is not null;
    }

    private sealed class Splitting(string text)
    {
        private readonly List<string> words = [];
        private readonly StringBuilder word = new();
        private bool inWord;
        private bool quoted;
        private int at;

        public List<string>? Run(out string? problem)
        {
            problem = null;
            while (at < text.Length && problem is null)
                problem = Step(text[at]);

            problem ??= EndWord();
            if (problem is null && words.Count == 0)
                problem = "There is no command here.";

            return problem is null ? words : null;
        }

        private string? Step(char c)
        {
            switch (c)
            {
                case ' ' or '\t' or '\n' or '\r':
                    at++;
                    return EndWord();
                case '\'':
                    return SingleQuoted();
                case '"':
                    return DoubleQuoted();
                case '\\':
                    return Escaped();
                case '$' when IsPlaceholder():
                    return Placeholder();
                default:
                    Take(c, 1);
                    return null;
            }
        }

        private string? EndWord()
        {
            if (!inWord)
                return null;

            var finished = word.ToString();
            var problem = !quoted && (Operators.Contains(finished) || finished.EndsWith(';'))
                ? $"\"{finished}\" means something only to a shell. Write shell: true, or put it in quotes."
                : null;
            words.Add(finished);
            word.Clear();
            (inWord, quoted) = (false, false);
            return problem;
        }

        private string? SingleQuoted()
        {
            var end = text.IndexOf('\'', at + 1);
            if (end < 0)
                return "A single quote (') is not closed.";

            word.Append(text, at + 1, end - at - 1);
            (inWord, quoted, at) = (true, true, end + 1);
            return null;
        }

        private string? DoubleQuoted()
        {
            (inWord, quoted) = (true, true);
            for (at++; at < text.Length && text[at] != '"';)
            {
                var problem = text[at] switch
                {
                    '\\' when at + 1 < text.Length && text[at + 1] is ('"' or '\\' or '`' or '\n' or '$') => Escaped(),
                    '$' when IsPlaceholder() => Placeholder(),
                    var c => Taken(c),
                };
                if (problem is not null)
                    return problem;
            }

            if (at >= text.Length)
                return "A double quote (\") is not closed.";

            at++;
            return null;
        }

        private string? Escaped()
        {
            if (at + 1 >= text.Length)
                return "There is nothing after the last backslash.";

            (inWord, quoted) = (true, true);
            if (text[at + 1] == '$' && at + 2 < text.Length && text[at + 2] == '{')
                word.Append("$$");
            else if (text[at + 1] != '\n')
                word.Append(text[at + 1]);

            at += 2;
            return null;
        }

        /// <summary>At "${", or at "$${", which the agent turns into a literal "${".</summary>
        private bool IsPlaceholder() => string.CompareOrdinal(text, at, "${", 0, 2) == 0 || string.CompareOrdinal(text, at, "$${", 0, 3) == 0;

        private string? Placeholder()
        {
            if (text[at + 1] == '$')
            {
                word.Append("$${");
                (inWord, at) = (true, at + 3);
                return null;
            }

            var end = text.IndexOf('}', at);
            if (end < 0)
                return "A placeholder ${ is not closed with }.";

            word.Append(text, at, end - at + 1);
            (inWord, at) = (true, end + 1);
            return null;
        }

        private void Take(char c, int length)
        {
            word.Append(c);
            (inWord, at) = (true, at + length);
        }

        private string? Taken(char c)
        {
            Take(c, 1);
            return null;
        }
    }
}
