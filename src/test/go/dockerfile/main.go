// Command dockerfile answers, one JSON line in and one out, what BuildKit's own parser makes of a Dockerfile:
//
//	{"dockerfile"}                    {"instructions": [{"name","args","flags","heredocs","json","line"}]} or {"error"}
//	{"word","escape","environment"}   the word with its variables replaced: {"word"} or {"error"}
//
// An authority to compare with in tests, never part of the product.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type answer map[string]any

func fail(err string) answer { return answer{"error": err} }

func arguments(node *parser.Node) []string {
	all := []string{}
	for ; node.Next != nil; node = node.Next {
		if len(node.Next.Children) == 1 {
			all = append(all, node.Next.Children[0].Value)
			all = append(all, arguments(node.Next.Children[0])...)
		} else {
			all = append(all, node.Next.Value)
		}
	}
	return all
}

func parse(text string) answer {
	result, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return fail(err.Error())
	}
	stages, _, err := instructions.Parse(result.AST, nil)
	if err != nil {
		return fail(err.Error())
	}
	if len(stages) == 0 {
		return fail("dockerfile contains no stages to build")
	}
	list := []answer{}
	for _, node := range result.AST.Children {
		heredocs := []answer{}
		for _, doc := range node.Heredocs {
			heredocs = append(heredocs, answer{"name": doc.Name, "expand": doc.Expand, "chomp": doc.Chomp, "content": doc.Content})
		}
		flags := node.Flags
		if flags == nil {
			flags = []string{}
		}
		list = append(list, answer{"name": node.Value, "args": arguments(node), "flags": flags, "heredocs": heredocs,
			"json": node.Attributes["json"], "line": node.StartLine})
	}
	return answer{"instructions": list}
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var question struct {
			Dockerfile, Word *string
			Escape           string
			Environment      []string
		}
		var reply answer
		if err := json.Unmarshal(line, &question); err != nil {
			reply = fail(err.Error())
		} else if question.Dockerfile != nil {
			reply = parse(*question.Dockerfile)
		} else if question.Word != nil {
			lex := shell.NewLex(rune(question.Escape[0]))
			word, _, err := lex.ProcessWord(*question.Word, shell.EnvsFromSlice(question.Environment))
			reply = answer{"word": word}
			if err != nil {
				reply = fail(err.Error())
			}
		}
		if encoder.Encode(reply) != nil {
			return
		}
		if lines.Buffered() == 0 {
			out.Flush()
		}
	}
}
